/** What a card says where the protocol tests speakers that were learned from. */
export const KNOWN_SPEAKERS =
  "The protocol's numbers are of people whom the model has met; new people do worse.";
