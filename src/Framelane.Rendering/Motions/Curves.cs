namespace Framelane.Rendering.Motions;

/// <summary>How things come to rest; progress and results as shares, and what is 1 at the end is exactly so.</summary>
static class Curves
{
    /// <summary>The height of what falls from 1 and bounces three times, each to a quarter of the height before.</summary>
    public static double Fall(double progress)
    {
        // Times between touches halve as heights go down to a quarter: half of the first fall, then 1, 1/2 and 1/4 of twice that.
        const double first = 1 / 2.75;
        if (progress >= 1)
            return 0;
        var (since, half, height) = (progress, first, 1.0);
        if (since < half)
            return 1 - since * since / (half * half);
        since -= half;
        for (var bounce = 0; bounce < 3; bounce++)
        {
            (half, height) = (half / 2, height / 4);
            if (since < 2 * half)
                return height * (1 - Math.Pow(since / half - 1, 2));
            since -= 2 * half;
        }

        return 0;
    }

    /// <summary>Past 1 by a tenth and back: CSS's easeOutBack.</summary>
    public static double Overshoot(double progress)
    {
        const double back = 1.70158;
        return progress is <= 0 or >= 1 ? Math.Clamp(progress, 0, 1) : 1 + (back + 1) * Math.Pow(progress - 1, 3) + back * Math.Pow(progress - 1, 2);
    }

    /// <summary>To 1 and about it to and fro, ever less.</summary>
    /// <param name="swings">To and fro, in all.</param>
    public static double Spring(double progress, double swings) =>
        progress <= 0 ? 0 : progress >= 1 ? 1 : 1 - Math.Exp(-6 * progress) * (1 - progress) * Math.Cos(Math.Tau * swings * progress);

    /// <summary>0 at both ends, 1 in the middle, as a sine.</summary>
    public static double Swell(double progress) => (1 - Math.Cos(Math.Tau * progress)) / 2;
}
