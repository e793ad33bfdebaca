/** What every screen may use: `Astro.locals`. */
declare namespace App {
  interface Locals {
    site: import('#server/services.ts').SiteServices;
    /** More referrals were sent from this network than people send: this one is taken, and marked. */
    isFlood: boolean;
    /** The page that says that an address does not exist, in the variant of this path. */
    notFound: (path: string) => Response;
    /** The page that says that something went wrong here; the error goes to the log, without its message. */
    failed: (error: unknown, path: string) => Response;
    /** Set by a question: our server makes its page from then on. */
    question?: import('#server/question-pages.ts').QuestionMaker;
    /** Takes the page that a question’s screen has made. */
    keepQuestion?: (maker: import('#server/question-pages.ts').QuestionMaker, page: string) => void;
    /** Lets this one page run a script file of ours, which may ask this site; and use inline styles beside the one of every page. */
    allowOurScript: (...styles: readonly string[]) => void;
  }
}
