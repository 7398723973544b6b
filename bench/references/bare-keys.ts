// The reference for keys: answers each byte of input with as many bytes of output as it is told, at once and always in the same line, and
// does nothing else. The numbers are in a JSON file. Ends with `q` once all are used up.
import { readFileSync } from 'node:fs';

const answers: readonly number[] = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const HOME = '\u001b[H';
let next = 0;

process.stdin.setRawMode(true);
process.stdout.write('ready');
process.stdin.on('data', () => {
	if (next === answers.length) process.exit();
	process.stdout.write(HOME + 'x'.repeat(Math.max(0, answers[next] - HOME.length)));
	next += 1;
});
