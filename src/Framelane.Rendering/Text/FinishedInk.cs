using Framelane.Rendering.Compositing;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Motions.Finishes;
using SkiaSharp;

namespace Framelane.Rendering.Text;

/// <summary>Draws characters whose motions change their picture: each alone first, and then what is made of it.</summary>
/// <param name="width">Of what is drawn on, pixels.</param>
/// <param name="height">Of what is drawn on, pixels.</param>
/// <param name="seed">Of the text.</param>
sealed class FinishedInk(BufferPool pool, int width, int height, uint seed)
{
    // Far beyond every canvas, for finishes look at all of a character, and within what integers hold with what finishes add.
    static readonly SKRect Everywhere = new(-1 << 24, -1 << 24, 1 << 24, 1 << 24);

    /// <param name="canvas">Set to where the character lies.</param>
    /// <param name="index">The character's place in the text.</param>
    /// <param name="box">What it covers.</param>
    public void Draw(SKCanvas canvas, int index, SKRect box, Finish finish, double opacity, Action<SKCanvas> draw)
    {
        var matrix = canvas.TotalMatrix;
        var pixels = Reach.Pixels(matrix.MapRect(box), Everywhere);
        var drawn = new Area(pixels.Left - 1, pixels.Top - 1, pixels.Right + 1, pixels.Bottom + 1);
        var scale = Math.Sqrt(Math.Abs(matrix.ScaleX * matrix.ScaleY - matrix.SkewX * matrix.SkewY));
        var all = finish.Around(drawn, scale).Within(width, height);
        if (all.IsEmpty)
            return;
        using var lease = pool.Rent(all.Width, all.Height);
        var picture = lease.Buffer;
        picture.Bytes.Clear();
        var moved = matrix.PostConcat(SKMatrix.CreateTranslation(-all.Left, -all.Top));
        using (var surface = picture.ToSurface())
        {
            surface.Canvas.SetMatrix(moved);
            draw(surface.Canvas);
            surface.Flush();
        }

        finish.Apply(picture, new(moved, box, box, drawn.MovedBy(-all.Left, -all.Top), scale, Seed.Mix(seed + (uint)index), pool));
        canvas.ResetMatrix();
        picture.DrawOn(canvas, all.Left, all.Top, SKBlendMode.SrcOver, opacity);
    }
}
