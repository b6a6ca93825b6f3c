/** The header by which a server tells its page how sure a prediction has to be, 0 to 1: it comes with the model. */
export const MIN_CONFIDENCE_HEADER = "emofuse-min-confidence";
