namespace Framelane.Rendering.Media;

/// <summary>A graph of filters as ffmpeg takes it: as an argument, or by a file where it is longer than Linux lets one argument be.</summary>
static class FilterGraph
{
    /// <summary>Bytes; Linux takes 131,071.</summary>
    const int LongestArgument = 100_000;

    /// <param name="graph">ASCII.</param>
    /// <param name="path">The file, which is written only where it is needed, for the caller to delete.</param>
    public static string[] Arguments(string graph, string path)
    {
        if (graph.Length <= LongestArgument)
            return ["-filter_complex", graph];
        File.WriteAllText(path, graph);
        // What replaces it is not known to ffmpeg before 7.
        return ["-filter_complex_script", "file:" + path];
    }
}
