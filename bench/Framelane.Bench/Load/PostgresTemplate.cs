using System.Globalization;
using Framelane.Infrastructure.Tests.Postgres;

namespace Framelane.Bench.Load;

/// <summary>A backlog in a PostgreSQL of the bench's own: written once, and copied inside the server for each run.</summary>
sealed class PostgresTemplate
{
    /// <summary>What an operator sets on a machine with several gigabytes; all else is the default, which confirms nothing before it is on disk.</summary>
    const string Buffers = "shared_buffers=512MB";

    const string MaxWal = "max_wal_size=4GB";

    readonly PostgresServer server = PostgresServer.Start("-c", Buffers, "-c", MaxWal);
    int copies;

    public async Task<Place> WriteAsync(string folder, Backlog backlog, Func<int, string> urlOfEndpoint)
    {
        server.Create("backlog");
        var place = Place.Postgres(folder, server.ConnectionString("backlog"));
        await backlog.WriteAsync(place, urlOfEndpoint);
        return place;
    }

    /// <summary>An empty database beside the backlog's.</summary>
    public Place NewPlace(string folder)
    {
        var name = server.NewName();
        server.Create(name);
        return Place.Postgres(folder, server.ConnectionString(name));
    }

    /// <summary>Lets a run have a copy, with nothing left to be written of what was before.</summary>
    public async Task<T> CopiedAsync<T>(Place template, Func<Place, Task<T>> run)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"run_{++copies}");
        server.Execute($"CREATE DATABASE {name} TEMPLATE backlog STRATEGY FILE_COPY");
        server.Execute("CHECKPOINT");
        var result = await run(Place.Postgres(template.Folder, server.ConnectionString(name)));
        server.Execute($"DROP DATABASE {name} WITH (FORCE)");
        return result;
    }
}
