import { Text } from 'ink';
import { memo } from 'react';
import { type Line, lineText } from '../model/line.ts';
import type { Theme } from './theme.ts';

interface LineViewProps {
	readonly line: Line;
	readonly theme: Theme;
}

/** One line of a pane. It is drawn again only when its text or styles change. */
export const LineView = memo(function LineView({ line, theme }: LineViewProps) {
	if (line.highlight !== 'none') {
		const isFocused = line.highlight === 'focused';
		return (
			<Text wrap="truncate" inverse bold={isFocused} dimColor={!isFocused}>
				{lineText(line)}
			</Text>
		);
	}
	return (
		<Text wrap="truncate">
			{line.spans.map(({ text, style }, index) =>
				style === 'plain' ? (
					text
				) : (
					// biome-ignore lint/suspicious/noArrayIndexKey: a span has no identity but its place in the line.
					<Text key={index} {...theme[style]}>
						{text}
					</Text>
				),
			)}
		</Text>
	);
}, sameProps);

function sameProps(before: LineViewProps, after: LineViewProps): boolean {
	if (before.theme !== after.theme || before.line.highlight !== after.line.highlight) return false;
	const { spans } = before.line;
	const others = after.line.spans;
	return (
		spans.length === others.length &&
		spans.every(({ text, style }, index) => text === others[index].text && style === others[index].style)
	);
}
