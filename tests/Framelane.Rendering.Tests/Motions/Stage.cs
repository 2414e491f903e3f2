using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Motions;
using Framelane.Rendering.Tests.Compositing;

namespace Framelane.Rendering.Tests.Motions;

/// <summary>An element that moves before a picture; its motion lasts from second 1 to 3.</summary>
static class Stage
{
    public const int Width = 240, Height = 136;

    // The front's box.
    public const int Left = 80, Top = 38, Wide = 80, High = 60;

    public static Pixel Front(int x, int y) => new((byte)(x * 3), (byte)(255 - y * 4), (byte)((x ^ y) % 16 < 8 ? 220 : 90));

    public static Pixel Behind(int x, int y) => new((byte)(40 + x / 2), (byte)(200 - y), 70);

    public static ElementMotion Motion(string name, Easing easing = Easing.Linear) => new() { Type = name, Time = 1, Duration = 2, Easing = easing };

    public static ImageElement Image(params ElementMotion[] motions) => Pictures.Image("front") with
    {
        X = Dimension.Number(Left + Wide / 2), Y = Dimension.Number(Top + High / 2), Width = Dimension.Number(Wide), Height = Dimension.Number(High), Motion = motions,
    };

    public static TextElement Words(params ElementMotion[] motions) => new() { Id = "words", Text = "Motion", Duration = 10, FontSize = 44, FontWeight = 700, TextColor = "#ffe080", Motion = motions };

    /// <param name="color">Of the front; its own where it is left out.</param>
    /// <param name="behind">Of what it moves before; a picture where it is left out.</param>
    public static PixelBuffer Draw(SceneElement element, double time, Func<int, int, Pixel>? color = null, Func<int, int, Pixel>? behind = null)
    {
        using var pictures = new Pictures().With("front", Wide, High, color ?? Front).With("behind", Width, Height, behind ?? Behind);
        return pictures.Draw(Pictures.Scene(Width, Height, element, Pictures.Image("behind")), time);
    }

    public static PixelBuffer Alone() => Draw(Image() with { Visible = false }, 0);

    public static bool IsExit(IMotion motion) => motion.Directions == MotionDirections.Exit;

    /// <summary>When its presence, or how much of its round is over, is that.</summary>
    public static double TimeOf(IMotion motion, double presence) => 1 + 2 * (IsExit(motion) ? 1 - presence : presence);

    /// <summary>The root of the mean square of the difference of two pictures' bytes.</summary>
    public static double Distance(PixelBuffer one, PixelBuffer other)
    {
        var sum = 0L;
        var a = one.Bytes;
        var b = other.Bytes;
        for (var i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return Math.Sqrt((double)sum / a.Length);
    }
}
