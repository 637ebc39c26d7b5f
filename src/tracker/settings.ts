const tag = document.currentScript as HTMLScriptElement | null;
const { key, host: told, consent, dnt }: DOMStringMap = tag ? tag.dataset : {};
const browser = navigator as { doNotTrack?: string | null; globalPrivacyControl?: boolean };

/** The write key; without one nothing happens. */
export { key };

/** Where events go: `data-host`, else where this script came from. */
export const host = (told || tag?.src || "")
  .replace(/(\/s\.js.*|\/)$/, "");

/** True when nothing may be stored or sent until the visitor agrees. */
export const asksFirst = consent === "required";

/** True when the browser says that its visitor does not want to be followed. */
export const declined = dnt !== "ignore"
  && (browser.doNotTrack === "1" || !!browser.globalPrivacyControl);
