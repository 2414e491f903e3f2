using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Compositing;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Tests.Compositing;

/// <summary>Blue, green, red, alpha, premultiplied.</summary>
readonly record struct Pixel(byte B, byte G, byte R, byte A = 255)
{
    public int DistanceTo(Pixel other) =>
        new[] { Math.Abs(B - other.B), Math.Abs(G - other.G), Math.Abs(R - other.R), Math.Abs(A - other.A) }.Max();
}

/// <summary>Sources of a test, by the element's id.</summary>
sealed class Pictures : ISourcePictures, IDisposable
{
    readonly Dictionary<string, PixelBuffer> byId = [];
    readonly Dictionary<string, CubeLut> luts = [];

    public PixelBuffer? Background { get; set; }

    public Pictures With(string id, int width, int height, Func<int, int, Pixel> color)
    {
        byId[id] = Painted(width, height, color);
        return this;
    }

    public Pictures With(string url, CubeLut lut)
    {
        luts[url] = lut;
        return this;
    }

    public PixelBuffer this[string id] => byId[id];

    public PixelBuffer? Of(PlannedLayer layer) => byId.GetValueOrDefault(layer.Element.Id);

    public CubeLut? Lut(string url) => luts.GetValueOrDefault(url);

    public PixelBuffer Draw(CreateRenderRequest scene, double time = 0)
    {
        var timeline = Timeline.Of(scene, new Dictionary<string, MediaFacts>());
        var target = new PixelBuffer(timeline.Width, timeline.Height);
        using var compositor = new Compositor(scene);
        compositor.Draw(timeline.At(time), this, target);
        return target;
    }

    public static PixelBuffer Painted(int width, int height, Func<int, int, Pixel> color)
    {
        var buffer = new PixelBuffer(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var pixel = color(x, y);
                var at = buffer.Row(y)[(x * 4)..];
                (at[0], at[1], at[2], at[3]) = (pixel.B, pixel.G, pixel.R, pixel.A);
            }
        }

        return buffer;
    }

    public static Pixel At(PixelBuffer buffer, int x, int y)
    {
        var at = buffer.Row(y)[(x * 4)..];
        return new(at[0], at[1], at[2], at[3]);
    }

    public static ImageElement Image(string id) => new() { Id = id, SourceUrl = id + ".png", Duration = 10 };

    public static CreateRenderRequest Scene(int width, int height, params SceneElement[] elements) =>
        new() { Width = width, Height = height, Elements = elements };

    /// <summary>The largest difference from what is expected, over all pixels.</summary>
    public static int Difference(PixelBuffer actual, Func<int, int, Pixel?> expected)
    {
        var worst = 0;
        for (var y = 0; y < actual.Height; y++)
        {
            for (var x = 0; x < actual.Width; x++)
                worst = Math.Max(worst, expected(x, y) is { } pixel ? At(actual, x, y).DistanceTo(pixel) : 0);
        }

        return worst;
    }

    public void Dispose()
    {
        foreach (var buffer in byId.Values)
            buffer.Dispose();
    }
}
