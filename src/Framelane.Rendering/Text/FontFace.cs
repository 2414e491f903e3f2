namespace Framelane.Rendering.Text;

/// <summary>One face of a font file, as the file's tables describe it.</summary>
/// <param name="Index">Its place in a collection, else 0.</param>
/// <param name="LightestWeight">With <paramref name="HeaviestWeight"/>: the ends of a variable font's axis, or twice the one weight.</param>
/// <param name="Width">1 to 9; 5 is normal.</param>
sealed record FontFace(string Path, int Index, string Family, int LightestWeight, int HeaviestWeight, int Width, bool IsItalic)
{
    public int NearestWeight(int weight) => Math.Clamp(weight, LightestWeight, HeaviestWeight);
}
