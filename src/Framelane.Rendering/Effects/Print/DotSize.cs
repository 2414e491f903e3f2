namespace Framelane.Rendering.Effects.Print;

/// <summary>How large a round dot must be to ink a share of its square cell; from where it touches the sides on, they cut it.</summary>
static class DotSize
{
    const int Steps = 1024;

    static readonly float[] Radii = [.. Enumerable.Range(0, Steps + 1).Select(step => (float)Solve((double)step / Steps))];

    /// <param name="share">0 to 1.</param>
    /// <returns>In cells: 0 to the half diagonal; less than nothing for no ink, and more than all for all, so that no edge is seen.</returns>
    public static float Radius(float share) => share <= 0 ? -1 : share >= 1 ? 2 : Radii[(int)(share * Steps + 0.5f)];

    static double Solve(double share)
    {
        var (low, high) = (0.0, Math.Sqrt(0.5));
        for (var round = 0; round < 40; round++)
        {
            var middle = (low + high) / 2;
            (low, high) = Area(middle) < share ? (middle, high) : (low, middle);
        }

        return low;
    }

    static double Area(double radius) => radius <= 0.5
        ? Math.PI * radius * radius
        : Math.PI * radius * radius - 4 * (radius * radius * Math.Acos(0.5 / radius) - 0.5 * Math.Sqrt(radius * radius - 0.25));
}
