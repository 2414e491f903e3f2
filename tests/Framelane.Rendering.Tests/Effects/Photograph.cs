using Framelane.Rendering.Effects;
using Framelane.Rendering.Effects.Signal;
using Framelane.Rendering.Frames;
using SkiaSharp;

namespace Framelane.Rendering.Tests.Effects;

/// <summary>A picture like a photograph, painted: two people before an evening sky, houses with lit windows, trees, a lamp, a sign with letters; a sensor's noise over it.</summary>
static class Photograph
{
    /// <summary>Opaque.</summary>
    public static PixelBuffer Paint(int width, int height)
    {
        var picture = new PixelBuffer(width, height);
        using (var surface = picture.ToSurface())
        {
            var canvas = surface.Canvas;
            // In thousandths of the height, from the middle.
            canvas.Translate(width / 2f, 0);
            canvas.Scale(height / 1000f);
            Surroundings(canvas, 500f * width / height);
            Person(canvas, -190, 470, new SKColor(232, 190, 160), new SKColor(70, 44, 28), new SKColor(180, 40, 50));
            Person(canvas, 190, 520, new SKColor(150, 100, 72), new SKColor(24, 18, 18), new SKColor(40, 90, 150));
            surface.Flush();
        }

        Sensor(picture);
        return picture;
    }

    static void Surroundings(SKCanvas canvas, float right)
    {
        using var paint = new SKPaint { IsAntialias = true };
        void Gradient(SKRect box, params SKColor[] colors)
        {
            using var shader = SKShader.CreateLinearGradient(new(0, box.Top), new(0, box.Bottom), colors, SKShaderTileMode.Clamp);
            paint.Shader = shader;
            canvas.DrawRect(box, paint);
            paint.Shader = null;
        }

        Gradient(new(-right, 0, right, 620), new(70, 120, 200), new(150, 180, 220), new(250, 215, 170));
        Gradient(new(-right, 620, right, 1000), new(96, 92, 80), new(40, 38, 36));
        for (var house = 0; house < 4; house++)
        {
            var left = -right + house * right * 0.52f;
            paint.Color = new((byte)(110 + house * 20), (byte)(90 + house * 8), (byte)(80 - house * 6));
            canvas.DrawRect(left, 250 + house % 2 * 90, right * 0.4f, 400 - house % 2 * 90, paint);
            for (var window = 0; window < 12; window++)
            {
                paint.Color = window * 7 % 5 < 2 ? new(255, 226, 150) : new(38, 42, 56);
                canvas.DrawRect(left + 20 + window % 4 * right * 0.09f, 370 + window / 4 * 80, right * 0.05f, 44, paint);
            }
        }

        for (var leaf = 0; leaf < 700; leaf++)
        {
            var (angle, far) = (6.2832f * Seed.Unit(5, leaf), 150 * MathF.Sqrt(Seed.Unit(6, leaf)));
            var light = Seed.Unit(7, leaf);
            paint.Color = new((byte)(30 + 60 * light), (byte)(80 + 90 * light), (byte)(26 + 30 * light));
            canvas.DrawOval(right * 0.78f + far * MathF.Cos(angle), 420 + far * MathF.Sin(angle), 14, 8, paint);
        }

        using var glare = SKShader.CreateRadialGradient(new(-right * 0.5f, 120), 70, [SKColors.White, SKColors.White, new SKColor(255, 250, 220, 0)], [0, 0.4f, 1], SKShaderTileMode.Clamp);
        paint.Shader = glare;
        canvas.DrawCircle(-right * 0.5f, 120, 70, paint);
        paint.Shader = null;
        paint.Color = new(245, 245, 240);
        canvas.DrawRect(-right + 40, 800, 620, 130, paint);
        paint.Color = new(15, 25, 60);
        DotLetters.Draw(canvas, "PLACE 1984", -right + 65, 828, 9.6f, paint);
        for (var line = 0; line < 24; line++)
            canvas.DrawLine(right - 60 - line * 12, 800, right - 60 - line * 6, 960, paint);
    }

    static void Person(SKCanvas canvas, float x, float y, SKColor skin, SKColor hair, SKColor clothes)
    {
        using var paint = new SKPaint { IsAntialias = true, Color = clothes };
        canvas.DrawRoundRect(x - 170, y + 210, 340, 500, 120, 120, paint);
        paint.Color = hair;
        canvas.DrawOval(x, y - 30, 140, 165, paint);
        using var shade = SKShader.CreateRadialGradient(new(x - 40, y - 30), 240, [Mixed(skin, SKColors.White, 0.25f), skin, Mixed(skin, new(60, 20, 10), 0.5f)], SKShaderTileMode.Clamp);
        paint.Shader = shade;
        canvas.DrawRect(x - 45, y + 100, 90, 140, paint);
        canvas.DrawOval(x, y + 20, 112, 145, paint);
        paint.Shader = null;
        foreach (var side in new[] { -1, 1 })
        {
            paint.Color = SKColors.White;
            canvas.DrawOval(x + side * 45, y, 20, 11, paint);
            paint.Color = new(40, 30, 24);
            canvas.DrawCircle(x + side * 45, y, 10, paint);
        }

        paint.Color = new(170, 60, 64);
        canvas.DrawOval(x, y + 92, 38, 12, paint);
    }

    static SKColor Mixed(SKColor from, SKColor to, float share)
    {
        byte Mix(byte first, byte second) => (byte)(first + (second - first) * share);
        return new(Mix(from.Red, to.Red), Mix(from.Green, to.Green), Mix(from.Blue, to.Blue));
    }

    static void Sensor(PixelBuffer picture)
    {
        var bytes = picture.Bytes;
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = i % 4 == 3 ? (byte)255 : (byte)Math.Clamp(bytes[i] + (int)(Seed.Unit(8, i) * 7) - 3, 0, 255);
    }
}
