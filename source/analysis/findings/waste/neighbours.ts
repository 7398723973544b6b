import type { HistoryStep, ImageDescription } from '../../../image/image.ts';

type Described = Pick<ImageDescription, 'history' | 'config'>;

/** Instructions that a RUN behind them does not notice. */
const UNNOTICED = /^\s*(?:LABEL|EXPOSE|CMD|ENTRYPOINT|HEALTHCHECK|STOPSIGNAL|MAINTAINER|ONBUILD)\s/i;

const POSIX_SHELL = /^"?(?:[^\s"]*\/)?(?:ba|da|a|z|k|mk)?sh(?:[\s",]|$)/;

/** Whether nothing stands between the steps of two layers, 0-based, that would have to move with the second. */
export function isRightBehind({ history }: Described, first: number, second: number): boolean {
	const from = history.findIndex(({ layerIndex }) => layerIndex === first);
	const to = history.findIndex(({ layerIndex }) => layerIndex === second);
	if (from === -1 || to <= from) return false;
	return history.slice(from + 1, to).every((step) => UNNOTICED.test(step.instruction ?? ''));
}

/** Whether the shell that runs the instruction of a layer, 0-based, is known to join commands as POSIX says. */
export function hasPosixShell({ history, config }: Described, layer: number): boolean {
	const index = history.findIndex(({ layerIndex }) => layerIndex === layer);
	const named = history.slice(0, index + 1).findLast(isShell)?.instruction;
	const words = named?.replace(/^\s*SHELL\s+\[?\s*/i, '') ?? config.shell?.join(' ');
	return words === undefined || POSIX_SHELL.test(words);
}

function isShell({ instruction }: HistoryStep): boolean {
	return /^\s*SHELL\s/i.test(instruction ?? '');
}
