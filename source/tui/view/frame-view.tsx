import { Box } from 'ink';
import type { Frame } from '../model/frame/frame.ts';
import { LinesView } from './lines/lines-view.tsx';
import type { Theme } from './themes/theme.ts';

interface FrameViewProps {
	readonly frame: Frame;
	readonly columns: number;
	readonly theme: Theme;
}

/** Columns of lines side by side over the lines of the footer. */
export function FrameView({ frame, columns, theme }: FrameViewProps) {
	return (
		<Box flexDirection="column" width={columns}>
			{frame.heading.length > 0 && <LinesView lines={frame.heading} width={columns} theme={theme} />}
			<Box>
				{frame.columns.map(({ id, lines, width }) => (
					<LinesView key={id} lines={lines} width={width} theme={theme} />
				))}
			</Box>
			<LinesView lines={frame.footer} width={columns} theme={theme} />
		</Box>
	);
}
