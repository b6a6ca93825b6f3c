/** Why a face of several has no voice. */
export const WHOSE_VOICE = "it is not known which of several faces speaks";

/** Why the voice has no face. */
export const WHOSE_FACE = "there are several faces";
