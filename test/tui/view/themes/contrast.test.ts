import { describe, test } from 'node:test';
import type { Highlight } from '../../../../source/tui/model/line.ts';
import { chooseTheme } from '../../../../source/tui/view/themes/choose-theme.ts';
import { type Colour, luminanceOf } from '../../../../source/tui/view/themes/contrast.ts';
import { clearTheme, ownColourTheme, plainTheme } from '../../../../source/tui/view/themes/own-colours.ts';
import {
	clearDarkTheme,
	clearLightTheme,
	darkTheme,
	lightTheme,
	type PaletteTheme,
} from '../../../../source/tui/view/themes/palettes.ts';
import type { Theme } from '../../../../source/tui/view/themes/theme.ts';

const themes: readonly { name: string; shown: PaletteTheme; least: number; ownText: Colour }[] = [
	{ name: 'dark', shown: darkTheme, least: 4.5, ownText: [0.75, 0.75, 0.75] },
	{ name: 'light', shown: lightTheme, least: 4.5, ownText: [0.2, 0.2, 0.2] },
	{ name: 'high contrast, dark', shown: clearDarkTheme, least: 7, ownText: [1, 1, 1] },
	{ name: 'high contrast, light', shown: clearLightTheme, least: 7, ownText: [0, 0, 0] },
];
const highlights: readonly Highlight[] = ['none', 'focused', 'unfocused'];

describe('the contrast of the themes', () => {
	for (const { name, shown, least, ownText } of themes)
		test(`${name}: every style on every background that it is chosen for, and in the row of the cursor`, (t) => {
			const { theme, palette } = shown;
			for (const highlight of highlights)
				for (const [style, { on }] of Object.entries(theme[highlight])) {
					const text = luminanceOf(colourIn(on, 38) ?? ownText);
					const ground = colourIn(on, 48);
					const { backgrounds } = palette;
					const grounds = ground === null ? [backgrounds.least, backgrounds.most] : [luminanceOf(ground)];
					for (const each of grounds) {
						const contrast = (Math.max(text, each) + 0.05) / (Math.min(text, each) + 0.05);
						t.assert.equal(contrast >= least, true, `${highlight} ${style}: ${contrast.toFixed(2)}`);
					}
				}
		});

	test('the row of the cursor keeps the colours of its letters apart, and that of another pane is neither inverse nor dim', (t) => {
		for (const { shown } of themes) {
			const { focused } = shown.theme;
			t.assert.equal(new Set([focused.added.on, focused.removed.on, focused.content.on]).size, 3);
			t.assert.equal(
				Object.entries(focused).every(([style, { on }]) => style === 'caret' || colourIn(on, 48) !== null),
				true,
			);
		}
		for (const theme of [plainTheme, clearTheme, ownColourTheme, ...themes.map(({ shown }) => shown.theme)])
			for (const [style, { on }] of Object.entries(theme.unfocused)) {
				t.assert.match(on, /\[1m/);
				t.assert.doesNotMatch(on, style === 'caret' ? /\[2m|\[48/ : /\[[27]m|\[48/);
			}
	});
});

describe('the theme', () => {
	const black: Colour = [0, 0, 0];
	const nord: Colour = [0x2e / 255, 0x34 / 255, 0x40 / 255];
	const solarized: Colour = [0xfd / 255, 0xf6 / 255, 0xe3 / 255];
	const grey: Colour = [0.5, 0.5, 0.5];

	test('follows the background where it is asked to, and is that of the terminal until it is known', (t) => {
		const auto = { theme: 'auto', colours: 256 } as const;
		t.assert.equal(chosen({ ...auto, background: black }), darkTheme.theme);
		t.assert.equal(chosen({ ...auto, background: nord }), darkTheme.theme);
		t.assert.equal(chosen({ ...auto, background: solarized }), lightTheme.theme);
		t.assert.equal(chosen({ ...auto, background: null }), ownColourTheme);
	});

	test('is that of the terminal on a background that no colours of ours are legible on', (t) => {
		t.assert.equal(chosen({ theme: 'auto', colours: 256, background: grey }), ownColourTheme);
		t.assert.equal(chosen({ theme: 'high-contrast', colours: 256, background: grey }), clearTheme);
	});

	test('has no more colours than the terminal, and none where none are wanted', (t) => {
		for (const theme of ['auto', 'dark', 'light', '16'] as const) {
			t.assert.equal(chosen({ theme, colours: 16, background: black }), ownColourTheme);
			t.assert.equal(chosen({ theme, colours: 0, background: black }), plainTheme);
		}
		t.assert.equal(chosen({ theme: 'high-contrast', colours: 0, background: black }), clearTheme);
		t.assert.equal(chosen({ theme: 'light', colours: 256, background: black }), lightTheme.theme);
	});
});

/** The colour of the palette of 256 that a sequence sets for text (38) or its background (48); null for the terminal's own. */
function colourIn(on: string, what: 38 | 48): Colour | null {
	const index = new RegExp(`\\[${what};5;(\\d+)m`).exec(on)?.[1];
	return index === undefined ? null : paletteColour(Number(index));
}

/** The colours 16 to 255: a cube of six steps, then greys (xterm, 256colres). */
function paletteColour(index: number): Colour {
	if (index >= 232) return grey(8 + 10 * (index - 232));
	const steps = [0, 95, 135, 175, 215, 255].map((step) => step / 255);
	const place = index - 16;
	return [steps[Math.floor(place / 36)], steps[Math.floor(place / 6) % 6], steps[place % 6]];
}

function grey(value: number): Colour {
	return [value / 255, value / 255, value / 255];
}

function chosen(needs: Omit<Parameters<typeof chooseTheme>[0], 'isAscii'>): Theme {
	return chooseTheme({ ...needs, isAscii: false });
}
