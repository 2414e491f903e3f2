using Framelane.Application.Abstractions;

namespace Framelane.Rendering.Frames;

/// <summary>The weights of red and blue in luma.</summary>
readonly record struct YuvMatrix(string Name, double Red, double Blue)
{
    public static readonly YuvMatrix Bt601 = new("bt601", 0.299, 0.114);
    public static readonly YuvMatrix Bt709 = new("bt709", 0.2126, 0.0722);
    public static readonly YuvMatrix Bt2020 = new("bt2020", 0.2627, 0.0593);

    public double Green => 1 - Red - Blue;

    /// <summary>Where a file does not say, of the standard of its size.</summary>
    public static YuvMatrix Of(PictureFacts picture) => picture.Matrix switch
    {
        "bt709" => Bt709,
        "bt470bg" or "smpte170m" => Bt601,
        "bt2020nc" or "bt2020c" => Bt2020,
        _ => Math.Min(picture.Width, picture.Height) >= 720 ? Bt709 : Bt601,
    };
}
