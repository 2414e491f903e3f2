using Framelane.Application.Renders.Scenes;
using static Framelane.Rendering.Tests.Compositing.Pictures;

namespace Framelane.Rendering.Tests.Compositing;

/// <summary>What is copied is to the byte what would have been drawn.</summary>
public sealed class WholePictureTests
{
    const int Width = 64, Height = 48;

    static readonly string[] Transitions = ["cross_dissolve", "dip_to_black", "wipe_left", "diagonal_wipe"];

    static readonly Func<ImageElement, ImageElement>[] Changes =
    [
        element => element,
        element => element with { Opacity = 50 },
        element => element with { BlendMode = BlendMode.Multiply },
        element => element with { FlipHorizontal = true },
        element => element with { XScale = Dimension.Percent(50) },
        element => element with { X = Dimension.Percent(60) },
        element => element with { Width = Dimension.Percent(50) },
        element => element with { CropLeft = 0.25 },
        element => element with { BorderRadius = 12 },
        element => element with { BorderColor = "#ffffff", BorderWidth = 4 },
        element => element with { ColorOverlay = "#00ff0080" },
        element => element with { Brightness = 20 },
        element => element with { Effects = [new SceneEffect { Type = "invert" }] },
        element => element with { Motion = [new ElementMotion { Type = "ken_burns_in", Time = 0, Duration = 10 }] },
        element => element with { Clip = true },
    ];

    [Test]
    public void A_layer([Range(0, 14)] int change, [Values] bool isInFront) => Same(Scene(
        Width, Height, [.. isInFront ? [Changes[change](Image("noise")), Image("other")] : new[] { Image("half"), Changes[change](Image("noise")) }]));

    [Test]
    public void Two_that_give_way_to_each_other([ValueSource(nameof(Transitions))] string type, [Range(0, 14)] int change) =>
        Same(Scene(Width, Height, Image("noise"), Changes[change](Image("other"))) with
        {
            Transitions = [new SceneTransition { Type = type, Duration = 4, FromId = "noise", ToId = "other" }],
        });

    /// <summary>Drawn with sources that are known to be opaque, and with the same of which that is not known.</summary>
    static void Same(CreateRenderRequest scene)
    {
        using var known = Sources(isOpaque: true);
        using var unknown = Sources(isOpaque: false);
        foreach (var time in new[] { 0, 6.0, 7.3, 9.9 })
        {
            using var copied = known.Draw(scene, time);
            using var drawn = unknown.Draw(scene, time);
            Assert.That(copied.Bytes.SequenceEqual(drawn.Bytes), $"{Difference(copied, (x, y) => At(drawn, x, y))} levels at {time} s");
        }
    }

    static Pictures Sources(bool isOpaque)
    {
        var random = new Random(1);
        var pictures = new Pictures()
            .With("noise", Width, Height, (_, _) => Noise())
            .With("other", Width, Height, (_, _) => Noise())
            .With("half", Width, Height, (_, _) => new(60, 0, 60, 128));
        foreach (var id in new[] { "noise", "other" })
            pictures[id].IsOpaque = isOpaque;
        return pictures;

        Pixel Noise() => new((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));
    }
}
