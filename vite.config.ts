import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // The node serves the page under a path of its own, behind who knows what prefix.
  base: './',
  plugins: [react()],
  resolve: { alias: { '@': import.meta.dirname } },
  build: { target: 'es2022', chunkSizeWarningLimit: 900 },
  worker: { format: 'es' },
  // Found in lazy parts and in the worker only when they load, which would reload the page in the middle of a run.
  optimizeDeps: { include: ['react-dom/client', 'recharts', 'comlink', 'idb', 'valibot'] },
  server: { host: '127.0.0.1' },
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**', 'node_modules/**'],
    testTimeout: 15_000,
    passWithNoTests: false,
  },
})
