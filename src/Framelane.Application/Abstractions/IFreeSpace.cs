namespace Framelane.Application.Abstractions;

/// <summary>The floor below which no new work is taken, so that what runs can end.</summary>
public interface IFreeSpace
{
    /// <summary>Whether <c>Framelane:Storage:MinFreeBytes</c> are free where work is done and, in a folder, files are kept.</summary>
    bool HasRoom();

    /// <summary>Whether less than half of them are: what runs cannot all come to its end, and has to give way to whatever else writes there.</summary>
    bool IsRunningOut();
}
