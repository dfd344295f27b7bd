/** What the bundler turns into values: CSS modules are maps of class names. */
declare module '*.module.css' {
  const classes: { readonly [name: string]: string };
  export default classes;
}

declare module '*.css';
