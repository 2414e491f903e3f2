namespace Framelane.Rendering.Effects;
public sealed class CubeLut;
