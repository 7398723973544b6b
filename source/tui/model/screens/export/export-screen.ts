import { formatCount } from '../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../text/escape.ts';
import { fitEnds, fitLine } from '../../cells.ts';
import type { ExportedTable } from '../../effects/exported-table.ts';
import type { ExplorerServicesAnswers } from '../../effects/requests.ts';
import { titleLine } from '../../frame/title-line.ts';
import { wrapWhole } from '../../frame/wrap-whole.ts';
import { FOOTER_ROWS } from '../../layout.ts';
import { span } from '../../line.ts';
import { editText, type TextInput, textInput } from '../../prompt/text-input.ts';
import { typedSpans } from '../../prompt/typed-spans.ts';
import type { Subject } from '../../subject.ts';
import type { Screen, ScreenScene, ScreenStep } from '../screen.ts';
import { writingHint } from '../writing-hints.ts';
import { EXPORT_TITLE, type ExportAction, exportKeys } from './export-keys.ts';
import { exportName } from './export-name.ts';

export interface ExportTypes {
	readonly id: 'export';
	readonly state: ExportState;
	readonly action: ExportAction;
}

export interface ExportState {
	readonly table: ExportedTable;
	/** The file to write. */
	readonly file: TextInput;
	readonly phase: 'typing' | 'writing' | ExplorerServicesAnswers['export-view'];
}

/** Asks for a file, and writes a view to it. */
export const exportScreen: Screen<ExportTypes> = {
	title: EXPORT_TITLE,
	keys: exportKeys,
	typed: ({ phase }, text) => (phase === 'typing' ? { type: 'edit', edit: { type: 'insert', text } } : null),
	hint: ({ phase }, { type }, text) => writingHint(phase, type, text),
	canMove: () => false,
	update: ({ state, subject }, action) => {
		switch (action.type) {
			case 'close':
				return { state: null, effects: [] };
			case 'edit':
				return {
					state: state.phase === 'typing' ? { ...state, file: editText(state.file, action.edit) } : state,
					effects: [],
				};
			case 'confirm':
				if (state.phase === 'typing') return write(state, subject, false);
				return isOver(state) ? { state: null, effects: [] } : { state, effects: [] };
			case 'replace':
				return isAsking(state) ? write(state, subject, true) : { state, effects: [] };
			case 'exported':
				return { state: { ...state, phase: action.answer }, effects: [] };
			case 'move':
				return { state, effects: [] };
		}
	},
	frame: (scene) => {
		const { state, size } = scene;
		const { columns } = size;
		const { name, count } = state.table;
		const rows = count === 1 ? '1 row' : `${formatCount(count)} rows`;
		const texts = explanation(scene).flatMap((text) => wrapWhole(text, columns - 2));
		return {
			lines: [
				titleLine({ name: `Export ${name}`, facts: rows }, columns, true),
				fitLine(
					[span(' File to write: ', 'key'), ...typedSpans(state.file, state.phase === 'typing')],
					columns,
				),
				fitLine([], columns),
				...texts.slice(0, size.rows - FOOTER_ROWS - 3).map((text) => fitLine([span(` ${text}`)], columns)),
			],
			footer: fitEnds([span(` ${rows} of ${name}`)], [], columns),
		};
	},
};

/** The screen with a name for the file, such as `orders-findings.csv`. */
export function openExport(table: ExportedTable, subject: Subject): ExportState {
	return { table, file: textInput(`${exportName(subject)}-${table.name}.csv`), phase: 'typing' };
}

function write(state: ExportState, subject: Subject, replaces: boolean): ScreenStep<ExportTypes> {
	const file = state.file.text.trim();
	if (file === '') return { state, effects: [], message: 'Name a file, such as findings.csv.' };
	return {
		state: { ...state, phase: 'writing' },
		effects: [
			{
				type: 'request',
				kind: 'export-view',
				ask: { file, replaces, table: state.table, subject },
				answered: (answer) => ({ type: 'exported', answer }),
			},
		],
	};
}

function isAsking({ phase }: ExportState): boolean {
	return typeof phase === 'object' && phase.kind === 'exists';
}

function isOver({ phase }: ExportState): boolean {
	return typeof phase === 'object' && phase.kind !== 'exists';
}

function explanation({ state, keyOf }: ScreenScene<ExportTypes>): readonly string[] {
	const { phase } = state;
	if (phase === 'typing')
		return [
			`${keyOf('confirm')} writes what the view shows, with its filter and in its order.`,
			'The end of the name says how: .csv for a spreadsheet, .json for programs, .txt for people. A file that is there is not replaced without asking.',
		];
	if (phase === 'writing') return [`Writing … ${keyOf('step-out')} stops it.`];
	const message = escapeForTerminal(phase.message);
	return phase.kind === 'exists'
		? [`${keyOf('replace-files')} replaces it; ${keyOf('step-out')} leaves it.`, message]
		: [message];
}
