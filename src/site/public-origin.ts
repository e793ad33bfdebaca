/** The origin in the pages that are built ahead. The server puts the real one in its place when it loads them: a build fits any address. */
export const publicOrigin = 'https://public-origin.invalid';
