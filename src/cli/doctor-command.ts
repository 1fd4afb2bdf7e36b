import type { CAC } from 'cac';
import { examine } from '../doctor/examine.js';
import { SearchError } from '../engine/errors.js';
import { loadConfig } from './config/load-config.js';
import { describeDiagnosis } from './describe-diagnosis.js';

interface DoctorFlags {
  config?: string;
  json?: boolean;
}

/** `second-look doctor URL` */
export function registerDoctorCommand(cli: CAC): void {
  cli
    .command('doctor [url]', 'Look at a deployed search over HTTP: the page that has it, or its index folder')
    .option('--json', 'Print what was found as JSON')
    .option('--config <file>', 'Options (default: second-look.config.{ts,js,mjs,json}, if there is one)')
    .example('second-look doctor https://example.org/docs/')
    .example('second-look doctor https://example.org/second-look/ --json')
    .action(runDoctor);
}

async function runDoctor(url: string | undefined, flags: DoctorFlags): Promise<void> {
  const address = url ?? (await loadConfig(flags.config)).doctor?.url;
  if (address === undefined)
    throw new SearchError(
      'bad-option',
      'Name the page that has the search, or its index folder: second-look doctor https://example.org/.',
    );
  const diagnosis = await examine(address);
  process.stdout.write(flags.json ? `${JSON.stringify(diagnosis)}\n` : describeDiagnosis(diagnosis));
  if (diagnosis.findings.some(({ status }) => status === 'failure')) process.exitCode = 1;
}
