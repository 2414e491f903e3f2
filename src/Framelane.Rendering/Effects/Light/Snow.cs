using Framelane.Rendering.Frames;
using SkiaSharp;

namespace Framelane.Rendering.Effects.Light;

/// <summary>Snowfall: flakes at all distances, the near ones large, blurred and fast, the far ones small; each sways as it falls.</summary>
sealed class Snow : IEffect
{
    // In a picture as wide as high; wider ones have more.
    const int Flakes = 260;

    // Of the shorter side: radii, and the fall of a second.
    const float Smallest = 0.0028f, Largest = 0.02f, Slowest = 0.09f, Fastest = 0.42f;

    static readonly SKColor[] Soft = [SKColors.White, SKColors.White.WithAlpha(220), SKColors.White.WithAlpha(0)];
    static readonly float[] Stops = [0, 0.35f, 1];

    public string Name => "snow";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        float width = picture.Width, height = picture.Height, unit = Math.Min(width, height);
        using var surface = picture.ToSurface();
        using var flake = SKShader.CreateRadialGradient(default, 1, Soft, Stops, SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = flake, BlendMode = SKBlendMode.SrcATop };
        var count = (int)Math.Min(2000, Flakes * width * height / (unit * unit));
        for (var i = 0; i < count; i++)
        {
            var place = 4 * i;
            // Most are far.
            var near = MathF.Pow(Seed.Unit(call.Steady, place), 3);
            var radius = unit * (Smallest + (Largest - Smallest) * near);
            var fallen = Seed.Unit(call.Steady, place + 1) + call.Time * (Slowest + (Fastest - Slowest) * near) * unit / height;
            var phase = 6.28f * Seed.Unit(call.Steady, place + 2) + call.Time * 1.1;
            var x = Seed.Unit(call.Steady, place + 3) * width + unit * 0.02 * (0.4 + near) * Math.Sin(phase);
            var y = (fallen % 1) * (height + 2 * radius) - radius;
            paint.Color = SKColors.White.WithAlpha((byte)(255 * call.Intensity * (0.95f - 0.5f * near)));
            surface.Canvas.Save();
            surface.Canvas.Translate((float)x, (float)y);
            surface.Canvas.Scale(radius);
            surface.Canvas.DrawRect(-1, -1, 2, 2, paint);
            surface.Canvas.Restore();
        }

        surface.Flush();
    }
}
