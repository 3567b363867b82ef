import os from 'node:os';
import path from 'node:path';

/** Where a tool is kept on the user's own machine, so that a clone made anew finds it again. */
export function toolCache(tool: 'k6' | 'node'): string {
  return path.join(process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache'), 'duet', tool);
}
