/** For a browser that keeps no cookie: without it the journey would go round in circles and nobody would know why. */

export interface CookieNoticeProps {
  readonly words: string;
  /** The way to a person. */
  readonly link: { readonly href: string; readonly words: string };
}

export function CookieNotice({ words, link }: CookieNoticeProps) {
  return (
    <p class="card">
      {words}
      {'\n'}
      <a href={link.href}>{link.words}</a>
    </p>
  );
}
