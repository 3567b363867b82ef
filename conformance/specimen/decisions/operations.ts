export const operationDecisions = {
  isAlive: (): boolean => true,

  isReady: (_replica: number): boolean => true,

  reportedMetrics: (lines: string[]): string[] => lines,

  meta: (facts: Record<string, unknown>, _replica: number): Record<string, unknown> => facts,
};
