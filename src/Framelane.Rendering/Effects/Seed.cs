namespace Framelane.Rendering.Effects;

/// <summary>Chance that is the same every time: numbers drawn from an element's key and an instant.</summary>
static class Seed
{
    /// <param name="time">Seconds; to the microsecond.</param>
    public static uint Of(string key, double time) => Mix(Hash(key) ^ Mix((uint)(long)Math.Round(time * 1e6)));

    /// <summary>The same at every instant.</summary>
    public static uint Of(string key) => Mix(Hash(key) + 0x9e3779b9);

    /// <summary>The number of that place in a seed's row of them, evenly from 0 to below 1.</summary>
    public static float Unit(uint seed, int place) => (Mix(seed + (uint)place * 0x9e3779b9) >> 8) * (1f / (1 << 24));

    /// <summary>The same from −1 to below 1.</summary>
    public static float Either(uint seed, int place) => 2 * Unit(seed, place) - 1;

    public static uint Mix(uint value)
    {
        value = (value ^ (value >> 16)) * 0x7feb352d;
        value = (value ^ (value >> 15)) * 0x846ca68b;
        return value ^ (value >> 16);
    }

    static uint Hash(string key)
    {
        var hash = 2166136261u;
        foreach (var letter in key)
            hash = (hash ^ letter) * 16777619;
        return hash;
    }
}
