using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Framelane.Infrastructure.Tests.Persistence;

/// <summary>Runs a fixture, which takes the class of its database, on each database that the program knows.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class EveryDatabaseAttribute : NUnitAttribute, IFixtureBuilder2
{
    static readonly Type[] Databases = [typeof(SqliteDatabase), typeof(PostgresDatabase), typeof(SqlServerDatabase)];

    public IEnumerable<TestSuite> BuildFrom(ITypeInfo typeInfo) => BuildFrom(typeInfo, new Everything());

    public IEnumerable<TestSuite> BuildFrom(ITypeInfo typeInfo, IPreFilter filter) =>
        Databases.SelectMany(database => new TestFixtureAttribute(database).BuildFrom(typeInfo, filter));

    sealed class Everything : IPreFilter
    {
        public bool IsMatch(Type type) => true;

        public bool IsMatch(Type type, System.Reflection.MethodInfo method) => true;
    }
}
