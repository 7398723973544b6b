import { finalFlags, outputFlags } from '../../source/settings/command-flags.ts';
import {
	allCommands,
	type CommandName,
	commandNamed,
	figureCommands,
	imageCommands,
} from '../../source/settings/commands.ts';
import { variableOf } from '../../source/settings/environment.ts';
import { flagOf, flagUsage } from '../../source/settings/flags.ts';
import { ruleSettings } from '../../source/settings/rule-settings.ts';
import type { SettingDefinition } from '../../source/settings/setting-definition.ts';
import { settingTable } from '../../source/settings/setting-table.ts';

/** docs/settings.md, with its tables generated again from the settings and flags in the source. */
export function withGeneratedTables(page: string): string {
	return replaceTable(replaceTable(page, 'settings', settingRows()), 'flags', flagRows());
}

/** Replaces what is between `<!-- NAME: ... -->` and the next `<!-- end -->`. */
function replaceTable(page: string, name: string, rows: readonly string[]): string {
	const pattern = new RegExp(`(<!-- ${name}: [^\n]* -->\n).*?(<!-- end -->\n)`, 's');
	if (!pattern.test(page)) throw new Error(`The page has no place for the table of ${name}.`);
	return page.replace(pattern, (_, start: string, end: string) => `${start}${rows.join('\n')}\n${end}`);
}

function settingRows(): readonly string[] {
	return [
		'| flag | variable | `fathom.yaml` | default | meaning |',
		'|---|---|---|---|---|',
		...settingTable.map((setting) => settingRow(setting, setting.name)),
		...ruleSettings.map((setting) => settingRow(setting, `rules: ${setting.name}`)),
	];
}

function settingRow(setting: SettingDefinition, key: string): string {
	const flag = flagOf(setting);
	return row([
		flag === null ? '' : code(flagUsage(flag)),
		code(variableOf(setting.name)),
		setting.notInFile === null ? code(key) : '',
		setting.default ?? setting.docs.unset ?? '',
		setting.docs.meaning,
	]);
}

function flagRows(): readonly string[] {
	return [
		'| flag | commands | meaning |',
		'|---|---|---|',
		...[...outputFlags, ...finalFlags].map((flag) =>
			row([
				[...(flag.short ? [code(`-${flag.short}`)] : []), code(flagUsage(flag))].join(', '),
				wordCommands(flag.commands),
				flag.meaning,
			]),
		),
	];
}

function wordCommands(names: readonly CommandName[]): string {
	if (names === allCommands) return 'all';
	if (names === imageCommands) return 'all that read an image';
	if (names === figureCommands) return 'all that report on an image';
	return names.map((name) => code(commandNamed(name).usage)).join(', ');
}

function row(cells: readonly string[]): string {
	return `| ${cells.join(' | ')} |`.replaceAll('|  |', '| |');
}

function code(text: string): string {
	return `\`${text}\``;
}
