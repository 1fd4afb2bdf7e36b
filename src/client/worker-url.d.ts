/** Vite's: the URL of a worker's script, built as for `new Worker`. */
declare module '*?worker&url' {
  const url: string;
  export default url;
}
