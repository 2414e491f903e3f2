using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Motions.Finishes;

/// <summary>A rectangle of a picture that is drawn elsewhere, turned about its middle; eight pixels at once.</summary>
/// <param name="X">Where its middle is drawn, pixels, as <paramref name="Y"/> from the top.</param>
/// <param name="Turn">Clockwise, radians.</param>
readonly record struct Shard(Area Piece, float X, float Y, float Turn)
{
    public void Draw(Sampler source, PixelBuffer target)
    {
        var (sin, cos) = MathF.SinCos(Turn);
        var (halfWidth, halfHeight) = (Piece.Width / 2f, Piece.Height / 2f);
        var reach = MathF.Abs(sin) * halfWidth + MathF.Abs(cos) * halfHeight;
        for (var y = Math.Max(0, (int)(Y - reach)); y <= Math.Min(target.Height - 1, (int)(Y + reach)); y++)
        {
            var down = y + 0.5f - Y;
            // Where the row is between both pairs of sides.
            var (left, right) = Between(cos, sin * down, halfWidth);
            var (upper, lower) = Between(-sin, cos * down, halfHeight);
            var (first, last) = (Math.Max(0, (int)MathF.Ceiling(Math.Max(left, upper) + X - 0.5f)), Math.Min(target.Width, (int)MathF.Ceiling(Math.Min(right, lower) + X - 0.5f)));
            if (first < last)
                DrawRow(source, target.PixelsOf(y)[first..last], first + 0.5f - X, down, sin, cos);
        }
    }

    // From where to where |slope · x + offset| is within the half.
    static (float From, float To) Between(float slope, float offset, float half)
    {
        if (MathF.Abs(slope) < 1e-6f)
            return MathF.Abs(offset) <= half ? (float.NegativeInfinity, float.PositiveInfinity) : (0, 0);
        var (one, other) = ((-half - offset) / slope, (half - offset) / slope);
        return one < other ? (one, other) : (other, one);
    }

    void DrawRow(Sampler source, Span<uint> row, float across, float down, float sin, float cos)
    {
        var (middleX, middleY) = ((Piece.Left + Piece.Right) / 2f - 0.5f, (Piece.Top + Piece.Bottom) / 2f - 0.5f);
        var x = 0;
        for (; x + Block.Width <= row.Length; x += Block.Width)
            Over(At(x), Vector256.Create<uint>(row[x..])).CopyTo(row[x..]);
        if (x == row.Length)
            return;
        Span<uint> rest = stackalloc uint[Block.Width];
        row[x..].CopyTo(rest);
        Over(At(x), Vector256.Create<uint>(rest)).CopyTo(rest);
        rest[..(row.Length - x)].CopyTo(row[x..]);

        Block At(int column)
        {
            var right = Wide.Places.Float().Plus(across + column);
            return source.At((right * cos).Plus(sin * down + middleX), (right * -sin).Plus(cos * down + middleY));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<uint> Over(Block front, Vector256<uint> back) => (front + Block.Unpack(back) * front.Alpha.From(1)).Pack();
}
