export { complexity, type FlowComplexity } from './complexity.ts';
export { coveragePaths, type Coverage, type CoverageOptions } from './coverage.ts';
export { enumeratePaths, type EnumeratedPaths, type EnumerateOptions } from './enumerate.ts';
export type { FlowPath, PathEnds } from './graph.ts';
export { PATH_LIMITS } from './options.ts';
export { shortestPath } from './shortest.ts';
