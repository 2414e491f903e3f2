namespace Framelane.Rendering.Effects;

/// <summary>Chance that is the same every time: numbers drawn from an element's key and an instant.</summary>
static class Seed
{
    /// <param name="time">Seconds; to the microsecond.</param>
    public static uint Of(string key, double time)
    {
        var hash = 2166136261u;
        foreach (var letter in key)
            hash = (hash ^ letter) * 16777619;
        return Mix(hash ^ Mix((uint)(long)Math.Round(time * 1e6)));
    }

    public static uint Mix(uint value)
    {
        value = (value ^ (value >> 16)) * 0x7feb352d;
        value = (value ^ (value >> 15)) * 0x846ca68b;
        return value ^ (value >> 16);
    }
}
