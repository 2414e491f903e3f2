using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;
using SkiaSharp;

namespace Framelane.Rendering.Effects.Film;

/// <summary>Home cinema on 8 mm film: warm and contrasty, coarse grain, a gate with round corners in which the film weaves, light that flickers, dust and scratches.</summary>
/// <remarks>18 pictures a second, as such film was run; each is held.</remarks>
sealed class Super8 : IEffect
{
    const double PerSecond = 18;

    // Of the shorter side.
    const float Weave = 0.004f;

    const float Flicker = 0.06f, GrainDeviation = 0.075f;

    static readonly ColorMatrix Warm = ColorMatrix.Saturate(0.85).Then(ColorMatrix.Of([1.22, 0, 0, -0.02], [0, 1.1, 0, -0.04], [0, 0, 0.86, -0.02]));

    public string Name => "super8";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        using var copy = call.Pool.RentCopy(picture);
        var chance = call.Held(PerSecond);
        PixelKernel.RunBlocks(picture, new Projected(new(copy.Buffer), picture, call.Intensity, chance));
        Dirt(picture, call, chance);
    }

    static void Dirt(PixelBuffer picture, in EffectCall call, uint chance)
    {
        float width = picture.Width, height = picture.Height, unit = Math.Min(width, height);
        using var surface = picture.ToSurface();
        using var paint = new SKPaint { IsAntialias = true, BlendMode = SKBlendMode.SrcATop, Style = SKPaintStyle.Stroke, StrokeCap = SKStrokeCap.Round };
        var strength = 255 * call.Intensity;
        SKColor Shade(bool light, float opacity) => (light ? new SKColor(255, 244, 220) : new SKColor(20, 12, 8)).WithAlpha((byte)(opacity * strength));
        var specks = 4 + (int)(Seed.Unit(chance, 1) * 8);
        for (var i = 0; i < specks; i++)
        {
            int place = 10 + i * 5;
            float x = Seed.Unit(chance, place) * width, y = Seed.Unit(chance, place + 1) * height, size = unit * (0.002f + 0.004f * Seed.Unit(chance, place + 2));
            var hair = i == 0 && Seed.Unit(chance, 2) < 0.3f;
            paint.Color = Shade(Seed.Unit(chance, place + 3) < 0.4f, 0.75f);
            paint.StrokeWidth = hair ? unit * 0.002f : size;
            var (toX, toY) = (Seed.Either(chance, place + 4) * size, Seed.Either(chance, place + 3) * size);
            using var path = new SKPathBuilder();
            path.MoveTo(x, y);
            if (hair)
                path.CubicTo(x + 20 * size, y - 15 * size, x + 5 * toX, y + 20 * size, x + 25 * toX, y + 12 * toY);
            else
                path.LineTo(x + toX, y + toY);
            using var drawn = path.Detach();
            surface.Canvas.DrawPath(drawn, paint);
        }

        // Scratches stay for a second and wander a little.
        var lasting = call.Held(1);
        for (var i = 0; i < 2; i++)
        {
            var x = (Seed.Unit(lasting, i) + 0.002f * Seed.Either(chance, 3 + i)) * width;
            paint.Color = Shade(i == 0, 0.35f * Seed.Unit(chance, 6 + i));
            paint.StrokeWidth = unit * 0.0016f;
            surface.Canvas.DrawLine(x, 0, x, height, paint);
        }

        surface.Flush();
    }

    readonly struct Projected(Sampler film, PixelBuffer picture, float intensity, uint chance) : IBlockChange
    {
        readonly GrainTile tile = new(chance, Math.Min(picture.Width, picture.Height));
        readonly float left = Seed.Either(chance, 8) * Weave * intensity * picture.Height, top = Seed.Either(chance, 9) * Weave * intensity * picture.Height;
        readonly float light = 1 + Flicker * intensity * Seed.Either(chance, 0), acrossStep = 2f / picture.Width, downStep = 2f / picture.Height;
        readonly ColorMatrix warm = ColorMatrix.Identity.Mix(Warm, intensity);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place)
        {
            var woven = warm.Apply(Block.Unpack(film.PixelsAt(place, left, top)));
            var across = (place.X * acrossStep).Plus(acrossStep / 2 - 1);
            var down = (place.Row + 0.5f) * downStep - 1;
            // A square with round corners: the gate, and before it the corners that the lens leaves dark.
            var (across2, down2) = (across * across, down * down);
            var across4 = across2 * across2;
            var gate = Wide.Step(0.95f, 1.15f, (across4 * across4).Plus(down2 * down2 * down2 * down2)).From(1) * (across2.Plus(down2) * -0.25f).Plus(1);
            return woven.Add(tile.At(place) * (GrainDeviation * intensity)).Scale(gate.Plus(-1) * (intensity * light) + Vector256.Create(light));
        }
    }
}
