import { Box, Transform } from 'ink';
import { type Line, lineText } from '../../model/line.ts';
import type { Theme } from '../themes/theme.ts';
import { paintLine } from './paint-line.ts';

interface LinesViewProps {
	readonly lines: readonly Line[];
	readonly width: number;
	readonly theme: Theme;
}

/**
 * Lines one below the other. The model has made them fit, so Ink lays out a blank text of as many lines, and each line is painted when
 * it is written: laying out the text itself would take several times as long as everything else.
 */
export function LinesView({ lines, width, theme }: LinesViewProps) {
	return (
		<Box width={width} height={lines.length} flexShrink={0}>
			<Transform
				transform={(_, index) => paintLine(lines[index], theme)}
				accessibilityLabel={lines.map(lineText).join('\n')}
			>
				{Array(lines.length).fill(' ').join('\n')}
			</Transform>
		</Box>
	);
}
