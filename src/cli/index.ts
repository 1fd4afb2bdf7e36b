#!/usr/bin/env node
import { cac } from 'cac';
import pc from 'picocolors';
import { messageOf, SearchError } from '../engine/errors.js';
import { VERSION } from '../indexer/package-root.js';
import { registerEvalCommand } from './eval-command.js';
import { registerIndexCommand } from './index-command.js';
import { registerLabelCommand } from './label-command.js';
import { printable } from './printable.js';
import { registerRemoteCommand } from './remote-command.js';

const cli = cac('second-look');
registerIndexCommand(cli);
registerEvalCommand(cli);
registerLabelCommand(cli);
registerRemoteCommand(cli);
cli.help();
cli.version(VERSION);

try {
  cli.parse(process.argv, { run: false });
  if (cli.matchedCommand) await cli.runMatchedCommand();
  else if (!cli.options.help && !cli.options.version) {
    if (cli.args.length > 0) throw new SearchError('bad-option', `There is no command "${cli.args[0]}".`);
    cli.outputHelp();
  }
} catch (error) {
  // Messages quote ids and files that may hold anything.
  const message = messageOf(error).split('\n').map(printable).join('\n');
  process.stderr.write(`${pc.red('second-look:')} ${message}\n`);
  // A bug deserves its stack; an error that explains itself does not need one.
  const ours = error instanceof SearchError || (error instanceof Error && error.name === 'CACError');
  if (!ours && error instanceof Error) process.stderr.write(`${pc.dim(error.stack ?? '')}\n`);
  process.exitCode = 1;
}
