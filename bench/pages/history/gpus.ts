/** Some of the GPUs that the seeded runs ran on. */
export const GPUS = ['NVIDIA GeForce RTX 4090', 'NVIDIA RTX A6000', 'NVIDIA GeForce RTX 3090']
