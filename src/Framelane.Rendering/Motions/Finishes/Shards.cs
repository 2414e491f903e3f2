using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Motions.Finishes;

/// <summary>Broken into square pieces that have flown from the middle, each turning at its own speed.</summary>
/// <param name="Apart">How far they are on their way: 0 is in place, 1 the farthest.</param>
/// <param name="Distance">Of the way of a piece at the outermost, pixels of the stage.</param>
/// <param name="Count">About how many pieces there are.</param>
sealed record Shards(double Apart, double Distance, int Count) : Finish
{
    // Of the distance: none flies farther, its own corners and what chance adds included.
    const double Farthest = 2;

    const float Chance = 0.2f, MostTurns = 0.6f;

    internal override Area Around(in Area drawn, double scale)
    {
        var beyond = (int)Math.Ceiling(Distance * scale * Farthest * Apart) + Side(drawn);
        return new(drawn.Left - beyond, drawn.Top - beyond, drawn.Right + beyond, drawn.Bottom + beyond);
    }

    internal override void Apply(PixelBuffer picture, in Ground ground)
    {
        var side = Side(ground.Drawn);
        using var copy = ground.Pool.RentCopy(picture);
        picture.Bytes.Clear();
        var source = new Sampler(copy.Buffer);
        foreach (var (cell, index) in new Cells(ground.Drawn, side).Of(ground.Reached))
        {
            if (cell.Within(picture.Width, picture.Height) is { IsEmpty: false } piece)
                Flown(piece, index, ground).Draw(source, picture);
        }
    }

    int Side(in Area drawn) => Math.Max(2, (int)Math.Sqrt((double)drawn.Width * drawn.Height / Count));

    Shard Flown(in Area piece, int index, in Ground ground)
    {
        var (drawn, place) = (ground.Drawn, 4 * index);
        var (pieceX, pieceY) = ((piece.Left + piece.Right) / 2f, (piece.Top + piece.Bottom) / 2f);
        var (middleX, middleY) = ((drawn.Left + drawn.Right) / 2f, (drawn.Top + drawn.Bottom) / 2f);
        var half = MathF.Sqrt((float)drawn.Width * drawn.Width + (float)drawn.Height * drawn.Height) / 2;
        var way = (float)(Distance * ground.Scale * Apart);
        var speed = 0.6f + 0.8f * Seed.Unit(ground.Seed, place);
        var x = ((pieceX - middleX) / half * speed + Chance * Seed.Either(ground.Seed, place + 1)) * way;
        var y = ((pieceY - middleY) / half * speed + Chance * Seed.Either(ground.Seed, place + 2)) * way;
        var turn = MostTurns * MathF.Tau * Seed.Either(ground.Seed, place + 3) * (float)Apart;
        return new(piece, pieceX + x, pieceY + y, turn);
    }
}
