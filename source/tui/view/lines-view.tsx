import { Box } from 'ink';
import type { Line } from '../model/line.ts';
import { LineView } from './line-view.tsx';
import type { Theme } from './theme.ts';

interface LinesViewProps {
	readonly lines: readonly Line[];
	readonly width: number;
	readonly theme: Theme;
}

/** Lines one below the other. */
export function LinesView({ lines, width, theme }: LinesViewProps) {
	return (
		<Box flexDirection="column" width={width} flexShrink={0}>
			{lines.map((line, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a line is a place on the screen, whatever it shows.
				<LineView key={index} line={line} theme={theme} />
			))}
		</Box>
	);
}
