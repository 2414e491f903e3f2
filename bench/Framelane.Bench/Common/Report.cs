using System.Globalization;
using System.Text.Json;

namespace Framelane.Bench.Common;

/// <summary>What a command prints: what it does, a table, and as the last line one JSON object.</summary>
static class Report
{
    static readonly JsonSerializerOptions OneLine = new();

    public static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    public static void Table(string[] head, params IEnumerable<string[]> rows)
    {
        string[][] all = [head, .. rows];
        int[] widths = [.. head.Select((_, column) => all.Max(row => row[column].Length))];
        Console.WriteLine();
        Console.WriteLine(Line(head));
        Console.WriteLine($"|{string.Concat(widths.Select(width => $" {new string('-', width)} |"))}");
        foreach (var row in all.Skip(1))
            Console.WriteLine(Line(row));
        Console.WriteLine();

        string Line(string[] row) =>
            $"|{string.Concat(row.Select((cell, column) => $" {(column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))} |"))}";
    }

    public static void Result(object figures) => Console.WriteLine(JsonSerializer.Serialize(figures, OneLine));

    public static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Fine(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    public static double Rounded(double value, int digits = 3) => Math.Round(value, digits);
}
