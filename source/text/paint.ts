import { styleText } from 'node:util';

/** What a piece of text is to the reader; the colours follow from it. */
export type Tone = 'heading' | 'good' | 'bad' | 'warning' | 'faint';

export type Paint = (tone: Tone, text: string) => string;

/** Leaves text as it is: for files, pipes and terminals without colour. */
export const plain: Paint = (_tone, text) => text;

/** Adds the escape sequences of a colour terminal. */
export const coloured: Paint = (tone, text) => styleText(styles[tone], text, { validateStream: false });

const styles: Readonly<Record<Tone, Parameters<typeof styleText>[0]>> = {
	heading: 'bold',
	good: 'green',
	bad: ['red', 'bold'],
	warning: 'yellow',
	faint: 'dim',
};
