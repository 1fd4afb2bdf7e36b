const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupsPerDimension',
] as const;

/** What an adapter says of itself, as far as the reranker may meet it. */
export function describeAdapter({ info, features, limits }: GPUAdapter) {
  const { vendor, architecture, device, description, isFallbackAdapter } = info;
  return {
    ...{ vendor, architecture, device, description, isFallbackAdapter },
    shaderF16: features.has('shader-f16'),
    features: [...features].sort(),
    limits: Object.fromEntries(LIMITS.map((name) => [name, limits[name]])),
  };
}
