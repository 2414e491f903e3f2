using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Motions.Finishes;

/// <summary>Turned to grains, from the top downwards, that drift up, sway and fade.</summary>
/// <param name="Gone">How much of it is over, 0 to 1.</param>
/// <param name="Rise">How high the highest grain comes, pixels of the stage.</param>
/// <param name="Grain">Its side, pixels of the stage.</param>
sealed record Dust(double Gone, double Rise, double Grain) : Finish
{
    // Of the whole time: until the last grain leaves, and what each flies. Of the way up: the way aside.
    const float LastLeaves = 0.6f, Flight = 1 - LastLeaves, Aside = 0.4f;

    // How much of a grain's time is its place and not chance.
    const float InOrder = 0.65f;

    internal override Area Around(in Area drawn, double scale)
    {
        var (up, aside) = ((int)Math.Ceiling(Rise * scale), (int)Math.Ceiling(Rise * scale * Aside));
        return new(drawn.Left - aside, drawn.Top - up, drawn.Right + aside, drawn.Bottom);
    }

    internal override void Apply(PixelBuffer picture, in Ground ground)
    {
        using var copy = ground.Pool.RentCopy(picture);
        picture.Bytes.Clear();
        var drawn = ground.Drawn;
        var side = Math.Max(1, (int)Math.Round(Grain * ground.Scale));
        foreach (var (cell, index) in new Cells(drawn, side).Of(ground.Reached.Within(picture.Width, picture.Height)))
        {
            var order = Math.Clamp((float)(cell.Top - drawn.Top) / drawn.Height, 0, 1);
            Draw(copy.Buffer, picture, cell.Within(picture.Width, picture.Height), Flown(order, ground.Seed, 4 * index), ground, 4 * index);
        }
    }

    /// <summary>How much of its way is behind a grain, 0 to 1.</summary>
    float Flown(float order, uint seed, int place)
    {
        var leaves = LastLeaves * (InOrder * order + (1 - InOrder) * Seed.Unit(seed, place));
        return Math.Clamp(((float)Gone - leaves) / Flight, 0, 1);
    }

    void Draw(PixelBuffer from, PixelBuffer to, in Area grain, float flown, in Ground ground, int place)
    {
        if (flown >= 1)
            return;
        var (up, aside, cover) = (0, 0, 256);
        if (flown > 0)
        {
            var way = (float)(Rise * ground.Scale) * flown * MathF.Sqrt(flown);
            up = (int)(way * (0.4f + 0.6f * Seed.Unit(ground.Seed, place + 1)));
            aside = (int)(way * Aside * Seed.Either(ground.Seed, place + 2));
            cover = (int)(256 * (1 - flown));
        }

        for (var y = grain.Top; y < grain.Bottom; y++)
        {
            if (y - up < 0)
                continue;
            var source = from.PixelsOf(y);
            var target = to.PixelsOf(y - up);
            var (first, last) = (Math.Max(grain.Left, aside < 0 ? -aside : 0), Math.Min(grain.Right, to.Width - Math.Max(0, aside)));
            for (var x = first; x < last; x++)
            {
                if (source[x] != 0)
                    target[x + aside] = Over(Scaled(source[x], (uint)cover), target[x + aside]);
            }
        }
    }

    // Two channels at once, each in the upper half of 16 bits.
    static uint Scaled(uint pixel, uint share) => ((pixel & 0x00ff00ff) * share >> 8 & 0x00ff00ff) | ((pixel >> 8 & 0x00ff00ff) * share & 0xff00ff00);

    static uint Over(uint front, uint back) => back == 0 ? front : front + Scaled(back, 256 - (front >> 24) - (front >> 31));
}
