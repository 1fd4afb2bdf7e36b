/** Why a model is none that our own encoder runs; ONNX Runtime runs it then. */
export class NotAnEncoder extends Error {}
