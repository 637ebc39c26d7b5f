/** Whatever fails here never reaches the page. Undefined when it failed. */
export const attempt = <T>(act: () => T): T | undefined => {
  try {
    return act();
  } catch {
    return undefined;
  }
};

/** 128 random bits; works on pages without https, where `crypto.randomUUID` is missing. */
export const newId = (): string => crypto.getRandomValues(new Uint32Array(4)).join("-");
