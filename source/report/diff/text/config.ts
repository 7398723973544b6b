import type { ConfigChange, ConfigField, ConfigValue } from '../../../diff/compare-config.ts';
import { configNames } from '../../../diff/config-names.ts';
import { type StepText, stepTexts, stepValue } from '../../../diff/step-texts.ts';
import { formatCount } from '../../../text/bytes.ts';
import { escapeForTerminal } from '../../../text/escape.ts';
import { formatInstruction } from '../../../text/instruction.ts';
import { shorten } from '../../../text/shorten.ts';
import { formatTable, type TableLayout } from '../../../text/table.ts';

/** As many as a reader looks through. */
export const SHOWN_CONFIG_CHANGES = 50;

/** Fields whose entries are their names. */
const listFields: readonly ConfigField[] = ['exposedPorts', 'volumes', 'osFeatures', 'history'];

/** What differs in the config: the old value of each field or entry behind a minus, the new one behind a plus. Empty where nothing does. */
export function configSection(
	config: readonly ConfigChange[],
	layout: TableLayout,
	{ isFull }: { readonly isFull: boolean },
): string[] {
	if (config.length === 0) return [];
	const shown = isFull ? config : config.slice(0, SHOWN_CONFIG_CHANGES);
	const hidden = config.length - shown.length;
	return [
		`${layout.paint('heading', 'Config')}  ${configCount(config)}`,
		...configTable(shown, layout),
		...(hidden > 0
			? [layout.paint('faint', `  and ${formatCount(hidden)} more; --full lists all of them`)]
			: []),
	];
}

/** `3 changes`. */
export function configCount({ length }: readonly ConfigChange[]): string {
	return `${formatCount(length)} ${length === 1 ? 'change' : 'changes'}`;
}

export function configTable(config: readonly ConfigChange[], layout: TableLayout): string[] {
	const stepText = stepTexts(config);
	return formatTable(
		[{}, { cut: 'end' }],
		config.flatMap((change) => configLines(change, stepText)),
		layout,
	);
}

function configLines(change: ConfigChange, stepText: StepText): string[][] {
	const { field, name, oldValue, newValue } = change;
	const word = configNames[field];
	const shownName = field === 'comments' && name !== null ? formatInstruction(stepText(name)) : name;
	const label = shownName === null || listFields.includes(field) ? word : `${word} ${shownName}`;
	const values = [
		...(oldValue === null ? [] : [`- ${formatValue(change, oldValue, stepText)}`]),
		...(newValue === null ? [] : [`+ ${formatValue(change, newValue, stepText)}`]),
	];
	return values.map((value, index) => [index === 0 ? escapeForTerminal(shorten(label)) : '', value]);
}

/** A text is written without quotes where its ends can be seen. */
function formatValue({ field, name }: ConfigChange, value: ConfigValue, stepText: StepText): string {
	if (typeof value !== 'string') return escapeForTerminal(JSON.stringify(value));
	if (field === 'history') return formatInstruction(stepValue(value, name ?? value, stepText));
	return escapeForTerminal(value !== '' && value.trim() === value ? value : JSON.stringify(value));
}
