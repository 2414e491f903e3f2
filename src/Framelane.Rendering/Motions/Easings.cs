using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Motions;

/// <summary>The curves of CSS's timing functions of the same names.</summary>
public static class Easings
{
    /// <param name="progress">0 to 1.</param>
    public static double Ease(this Easing easing, double progress) => easing switch
    {
        Easing.EaseIn => Bezier(progress, 0.42, 1),
        Easing.EaseOut => Bezier(progress, 0, 0.58),
        Easing.EaseInOut => Bezier(progress, 0.42, 0.58),
        _ => progress,
    };

    // The height of the curve through (0, 0), (x1, 0), (x2, 1), (1, 1) above x.
    static double Bezier(double x, double x1, double x2)
    {
        if (x is <= 0 or >= 1)
            return Math.Clamp(x, 0, 1);
        double low = 0, high = 1, t = x;
        for (var round = 0; round < 48; round++)
        {
            if (Axis(t, x1, x2) < x)
                low = t;
            else
                high = t;
            t = (low + high) / 2;
        }

        return Axis(t, 0, 1);
    }

    static double Axis(double t, double p1, double p2) => 3 * (1 - t) * (1 - t) * t * p1 + 3 * (1 - t) * t * t * p2 + t * t * t;
}
