#!/usr/bin/env node
import { cac } from 'cac';
import pc from 'picocolors';
import { messageOf, SearchError } from '../engine/errors.js';
import { VERSION } from '../indexer/package-root.js';
import { registerDoctorCommand } from './doctor-command.js';
import { registerEvalCommand } from './eval-command.js';
import { registerIndexCommand } from './index-command.js';
import { registerLabelCommand } from './label-command.js';
import { refusePagefindFlags } from './pagefind-flags.js';
import { parseCommandLine } from './parse-command-line.js';
import { printable } from './printable.js';
import { registerRemoteCommand } from './remote-command.js';
import { registerServeCommand } from './serve-command.js';

const cli = cac('second-look');
registerIndexCommand(cli);
registerEvalCommand(cli);
registerLabelCommand(cli);
registerRemoteCommand(cli);
registerServeCommand(cli);
registerDoctorCommand(cli);
cli.help((sections) => [
  ...sections,
  {
    title: 'Exit codes',
    body: '  0  done\n  1  it failed, or the doctor found a failure\n  2  it was asked wrongly: an option, an argument, a file that one names',
  },
]);
cli.version(VERSION);

try {
  parseCommandLine(cli, process.argv);
  if (cli.matchedCommand?.name === 'index') refusePagefindFlags(cli.options);
  if (cli.matchedCommand) await cli.runMatchedCommand();
  else if (!cli.options.help && !cli.options.version) {
    if (cli.args.length > 0) throw new SearchError('bad-option', `There is no command "${cli.args[0]}".`);
    cli.outputHelp();
  }
} catch (error) {
  // Messages quote ids and files that may hold anything.
  const message = messageOf(error).split('\n').map(printable).join('\n');
  process.stderr.write(`${pc.red('second-look:')} ${message}\n`);
  const asked = isAskedWrongly(error);
  // A bug deserves its stack; an error that explains itself does not need one.
  if (!asked && !(error instanceof SearchError) && error instanceof Error)
    process.stderr.write(`${pc.dim(error.stack ?? '')}\n`);
  process.exitCode = asked ? 2 : 1;
}

/** Whether other arguments, or other files that they name, would help. */
function isAskedWrongly(error: unknown): boolean {
  if (error instanceof SearchError) return error.code === 'bad-option' || error.code === 'no-index';
  return error instanceof Error && error.name === 'CACError';
}
