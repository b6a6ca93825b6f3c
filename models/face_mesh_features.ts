/** Numbers that the face mesh gives for a frame: 68 points of two, and how sure it is that they lie on a face. */
export const FACE_MESH_FEATURES: number = 68 * 2 + 1;
