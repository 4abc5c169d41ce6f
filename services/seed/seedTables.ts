import type { ExitReason, QueuePolicy, RunEnvironment } from '../../types'
import { DEFAULT_POLICY } from '../shared/defaultPolicy'

const GIGABYTE = 2 ** 30

/** The machines of the generated history; `watts` is what they draw while they execute. */
export const SEED_GPUS = [
  { name: 'NVIDIA GeForce RTX 4090', index: 0, vramTotal: 24 * GIGABYTE, watts: 410 },
  { name: 'NVIDIA RTX A6000', index: 1, vramTotal: 48 * GIGABYTE, watts: 285 },
  { name: 'NVIDIA GeForce RTX 3090', index: 2, vramTotal: 24 * GIGABYTE, watts: 340 },
] as const

export const SEED_WORKFLOWS: readonly RunEnvironment[] = [
  {
    workflowHash: '5f1c'.repeat(16),
    models: ['umt5_xxl_fp8.safetensors', 'wan2.1_t2v_14B_fp8.safetensors'],
    width: 1280,
    height: 720,
    frames: 81,
    steps: 30,
    batch: 1,
  },
  {
    workflowHash: 'b07e'.repeat(16),
    models: ['ltx-video-2b-v0.9.5.safetensors'],
    width: 832,
    height: 480,
    frames: 121,
    steps: 20,
    batch: 1,
  },
]

export const SEED_POLICIES: readonly QueuePolicy[] = [
  { ...DEFAULT_POLICY, maxWaitSeconds: 480, sceneRetryBudget: 0 },
  DEFAULT_POLICY,
  { ...DEFAULT_POLICY, maxWaitSeconds: 1_200, sceneRetryBudget: 2 },
]

/** What was installed from which share of the history on. The driver changes where durations take their step. */
export const SEED_VERSIONS = {
  gpuDriver: [
    [0, '550.144.03'],
    [0.5, '570.86.15'],
  ],
  comfyVersion: [
    [0, '0.3.10'],
    [0.3, '0.3.27'],
    [0.75, '0.3.64'],
  ],
  torchVersion: [
    [0, '2.4.1+cu124'],
    [0.65, '2.6.0+cu126'],
  ],
} as const satisfies Partial<Record<keyof RunEnvironment, readonly (readonly [number, string])[]>>

export const SEED_TAGS = ['night-run', 'draft', 'final', 'client', 'keep'] as const

export const SEED_WORDS = [
  ...['harbour', 'rain', 'bridge', 'night', 'slow', 'again', 'softer', 'light', 'grain', 'train', 'fog'],
  ...['close-up', 'too dark', 'keep this', 'reshoot', 'hands', 'café', 'window', 'dolly', 'static', 'seed'],
] as const

/** How what doesn't succeed ends, each as often as it stands here. */
export const SEED_FAILURES: readonly ExitReason[] = [
  ...(['outOfMemory', 'outOfMemory', 'outOfMemory', 'error', 'error', 'error', 'error'] as const),
  ...(['maxWait', 'maxWait', 'postExecution', 'serverRestart', 'unknown'] as const),
]

interface SeedError {
  readonly type: string
  readonly nodeType: string
  /** `{}` stands for one of the values. */
  readonly message: string
  readonly values: readonly (string | number)[]
}

const oom = (nodeType: string): SeedError => ({
  type: 'torch.OutOfMemoryError',
  nodeType,
  message: 'Allocation on device 0 would exceed allowed memory: tried to allocate {} MiB',
  values: [512, 1_024, 2_304, 4_608],
})

/** Some fifty texts in all. */
export const SEED_ERRORS: Readonly<Record<'error' | 'outOfMemory', readonly SeedError[]>> = {
  outOfMemory: [oom('KSampler'), oom('VAEDecode'), oom('UpscaleModelLoader')],
  error: [
    ...errors('RuntimeError', 'KSampler', 'Sizes of tensors must match: expected {}, got 72', [64, 80, 96]),
    ...errors('RuntimeError', 'VAEDecode', 'CUDA error: {}', ['device-side assert', 'unknown error']),
    ...errors('ValueError', 'LoraLoader', 'The LoRA {}.safetensors does not fit this model', [
      ...['rain', 'film-grain', 'slow-motion', 'faces'],
    ]),
    ...errors('FileNotFoundError', 'LoadImage', 'No such file: input/frame_{}.png', ['0001', '0042', '0117']),
    ...errors('KeyError', 'CheckpointLoaderSimple', "'model.diffusion_model.{}'", [
      ...['input_blocks.0', 'middle_block.1', 'out.2', 'time_embed'],
    ]),
    ...errors('TypeError', 'VHS_VideoCombine', 'unsupported operand for frame rate: {}', ["'str'", "'None'"]),
    ...errors('OSError', 'SaveImage', 'No space left on device: {}', ['/output', '/temp']),
    ...errors('ConnectionError', 'LoadImageFromUrl', 'Host did not answer within {} s', [10, 30, 60]),
    ...errors('AssertionError', 'ControlNetApply', 'Expected {} channels', [3, 4, 16]),
    ...errors('TimeoutError', 'RIFE VFI', 'The worker gave no frame for {} s', [20, 40]),
  ],
}

function errors(
  type: string,
  nodeType: string,
  message: string,
  values: SeedError['values'],
): readonly SeedError[] {
  return [{ type, nodeType, message, values }]
}
