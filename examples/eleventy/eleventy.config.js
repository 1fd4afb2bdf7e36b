import { IdAttributePlugin } from '@11ty/eleventy';
import { indexBuilt } from 'second-look/node';

export default function (eleventy) {
  // Results lead to headings that have an id.
  eleventy.addPlugin(IdAttributePlugin);
  eleventy.addPassthroughCopy({ 'pages/style.css': 'style.css' });
  eleventy.on('eleventy.after', ({ directories }) => indexBuilt(directories.output));
  return { dir: { input: 'pages', includes: '../layouts', output: '_site' } };
}
