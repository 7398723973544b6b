import type { CommandContext } from '../command.ts';

type Environment = CommandContext['host']['environment'];

/** Whether the variables are those of a job in a system for continuous integration. Some such systems give a job a terminal. */
export function isContinuousIntegration({ CI, CONTINUOUS_INTEGRATION }: Environment): boolean {
	return [CI, CONTINUOUS_INTEGRATION].some((value = '') => !/^(?:|0|false)$/i.test(value));
}

/** Whether the terminal is one that cannot move the cursor (terminfo, "dumb" and "unknown"). */
export function isPlainTerminal({ TERM }: Environment): boolean {
	return TERM === 'dumb' || TERM === 'unknown';
}

/** Whether standard output is a terminal that the explorer can draw on. */
export function canDraw({ stdout, host }: Pick<CommandContext, 'stdout' | 'host'>): boolean {
	return stdout.isTTY && !isPlainTerminal(host.environment);
}
